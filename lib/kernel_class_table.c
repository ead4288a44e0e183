/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The classes of kernel functions, by names of Linux 6.1 to 6.18 on x86-64,
 * arm64 and riscv64. Held against the symbols of Debian's 6.1 and 6.12 on the
 * first two and of a 6.18: what was in none of them are statics that their
 * compilers put into their callers, and riscv64's own. A name that a kernel has
 * not does no harm. A function that is in no list, such as a lock's, works at
 * what its caller works at.
 */
#include <stddef.h>

#include "kernel_class.h"

const struct fm_kernel_class fm_kernel_classes[] = {
	{ "page-table copy", "fork: page-table entries of the parent",
	  "copy_page_range,copy_p4d_range,copy_pud_range,"
	  "copy_pmd_range,copy_pte_range,copy_present_pte,"
	  "copy_present_ptes,copy_present_page,copy_nonpresent_pte,"
	  "__copy_present_ptes,copy_huge_pmd,copy_huge_pud,"
	  "copy_hugetlb_page_range,wrprotect_ptes,vma_needs_copy",
	  0 },
	{ "VMA copy", "fork: the parent's mappings",
	  "dup_mm,dup_mmap,dup_mm_exe_file,copy_mm,vm_area_dup,"
	  "anon_vma_fork,anon_vma_clone,__mt_dup,mtree_dup*,mas_dup*,"
	  "dup_userfaultfd*,ldt_dup_context,uprobe_dup_mmap",
	  0 },
	{ "page copy", "copy-on-write: the page itself",
	  "copy_page,copy_page_regs,copy_page_rep,copy_page_mc,"
	  "copy_mc_*,copy_highpage,copy_mc_user_highpage,copy_user_highpage,"
	  "copy_user_highpage_mc,copy_user_large_folio,"
	  "copy_user_huge_page,copy_user_gigantic_page,copy_subpage,"
	  "__wp_page_copy_user,folio_copy",
	  0 },
	{ "zeroing", "clearing of fresh pages",
	  "clear_page,clear_page_rep,clear_page_erms,clear_page_orig,"
	  "clear_huge_page,clear_gigantic_page,clear_subpage,"
	  "clear_user_highpage*,clear_highpage*,folio_zero_user,"
	  "kernel_init_pages,zero_user_segments,__clear_user,clear_user,"
	  "rep_stos_alternative,tag_clear_highpage,mte_zero_clear_page_tags",
	  0 },
	{ "TLB flush", "stale translations, here and on other processors",
	  "flush_tlb_*,native_flush_tlb_*,__flush_tlb*,"
	  "ptep_clear_flush,pmdp_huge_clear_flush,"
	  "hyperv_flush_tlb_multi,kvm_flush_tlb_multi,xen_flush_tlb*,"
	  "arch_tlbbatch_*,smp_call_function_many*,"
	  "on_each_cpu_cond_mask,local_flush_tlb_*,"
	  "sbi_remote_sfence_vma*,native_write_cr3,"
	  "ptep_set_access_flags,flush_icache_*,__sync_icache_dcache,"
	  "__sbi_tlb_flush_range*",
	  0 },
	{ "accounting", "memory cgroups, reverse maps, counters, LRU lists",
	  "mem_cgroup_*,__mem_cgroup_*,memcg_*,__memcg_*,"
	  "try_charge_memcg,charge_memcg,obj_cgroup_*,__obj_cgroup_*,"
	  "get_mem_cgroup_*,get_obj_cgroup_*,current_obj_cgroup,"
	  "consume_*stock,refill_*stock,drain_*stock,uncharge_*,"
	  "page_counter_*,propagate_protected_usage,mod_memcg_*,"
	  "__mod_memcg_*,count_memcg_*,__count_memcg_*,mod_node_*,"
	  "__mod_node_*,mod_zone_*,__mod_zone_*,mod_lruvec_*,"
	  "__mod_lruvec_*,lruvec_stat_*,__lruvec_stat_*,inc_node_*,"
	  "dec_node_*,__inc_*_state,__dec_*_state,cgroup_rstat_*,"
	  "__cgroup_account_*,__account_obj_stock,percpu_counter_*,"
	  "__percpu_counter_*,folio_add_*rmap*,folio_remove_rmap_*,"
	  "folio_dup_*rmap*,__folio_add_*rmap*,__folio_remove_rmap*,"
	  "page_add_*rmap*,page_remove_rmap,page_dup_*rmap*,"
	  "page_move_anon_rmap,folio_move_anon_rmap,"
	  "__page_set_anon_rmap,folio_add_lru*,lru_cache_add*,lru_add*,"
	  "lru_gen_*,lru_add_fn,folio_batch_*,__folio_batch_*,"
	  "folio_mark_accessed,folio_lruvec_*,__page_cache_release,"
	  "workingset_*,add_mm_counter*,sync_mm_rss,mm_trace_rss_stat,"
	  "__vm_enough_memory,security_vm_enough_memory*,"
	  "cap_vm_enough_memory,account_kernel_stack,memcg1_*",
	  0 },
	{ "allocation", "pages, slabs and stacks",
	  "alloc_pages*,__alloc_pages*,alloc_frozen_pages*,"
	  "__alloc_frozen_pages*,__get_free_pages,get_zeroed_page*,"
	  "get_page_from_freelist,rmqueue*,__rmqueue*,prep_new_page,"
	  "prep_compound_page,post_alloc_hook,check_new_page*,"
	  "vma_alloc_folio*,vma_alloc_zeroed_movable_folio,"
	  "folio_alloc*,__folio_alloc*,folio_prealloc,alloc_anon_folio,"
	  "alloc_hugetlb_folio*,alloc_huge_page*,policy_nodemask,"
	  "policy_node,get_vma_policy,__get_vma_policy,mpol_*,"
	  "kmem_cache_alloc*,__kmem_cache_alloc*,__kmalloc*,kmalloc_*,"
	  "__slab_alloc*,___slab_alloc,allocate_slab,new_slab,"
	  "get_partial_node*,slab_post_alloc_hook,"
	  "__alloc_slab_obj_exts,alloc_slab_obj_exts,"
	  "alloc_thread_stack_node,vmalloc*,__vmalloc_*,"
	  "alloc_vmap_area,vmap_*,__get_vm_area_node,pcpu_alloc*,"
	  "__alloc_percpu*,should_failslab,__pte_alloc*,__pmd_alloc,"
	  "__pud_alloc,__p4d_alloc,pte_alloc_one*,pgd_alloc",
	  0 },
	{ "freeing", "unmapping, and giving back of pages and slabs",
	  "exit_mmap,exit_mm,__mmput,mmput,mmput_async,__mmdrop,mm_release,"
	  "exit_mm_release,exec_mm_release,"
	  "unmap_vmas,unmap_single_vma,unmap_page_range,unmap_region,"
	  "unmap_mapping_*,zap_*,__zap_*,__unmap_hugepage_range*,"
	  "free_pgtables,free_pgd_range,free_p4d_range,free_pud_range,"
	  "free_pte_range,___pte_free_tlb,___pmd_free_tlb,pgd_free,"
	  "tlb_finish_mmu,tlb_flush_mmu,tlb_batch_pages_flush,"
	  "tlb_remove_*,__tlb_remove_*,__tlb_batch_*,tlb_table_*,"
	  "tlb_gather_mmu*,free_pages_and_swap_cache,"
	  "free_page_and_swap_cache,free_folio_and_swap_cache,"
	  "free_swap_cache,release_pages,folios_put*,__folio_put*,"
	  "free_unref_*,free_frozen_page*,__free_frozen_page*,"
	  "free_pcppages_bulk,free_pcp_*,__free_one_page,free_one_page,"
	  "__free_pages*,free_pages*,free_the_page,__free_page*,"
	  "free_tail_page_prepare,free_huge_folio,free_huge_page,"
	  "page_table_free*,pagetable_free,pte_free*,destroy_large_folio,"
	  "kmem_cache_free*,__kmem_cache_free*,kfree*,__kfree*,"
	  "__slab_free,slab_free*,do_slab_free,vm_area_free*,__vm_area_free,"
	  "remove_vma,unlink_anon_vmas,unlink_file_vma*,"
	  "mt_destroy_walk*,__mt_destroy,mt_free_*,mas_destroy*,"
	  "vfree*,__vunmap,remove_vm_area,free_vmap_area*,"
	  "thread_stack_*,put_task_stack,free_task,__put_task_struct*,"
	  "delayed_put_task_struct,put_task_struct*,rcu_do_batch,"
	  "rcu_free_*,vm_area_free_rcu_cb,do_munmap,do_vmi_*munmap,"
	  "__vm_munmap,vms_*",
	  0 },
	{ "fault", "the rest of a page fault; splits of huge pages",
	  "do_user_addr_fault,do_page_fault,__do_page_fault,"
	  "do_mem_abort,do_translation_fault,handle_page_fault,"
	  "exc_page_fault,handle_mm_fault,__handle_mm_fault,"
	  "handle_pte_fault,do_wp_page,wp_page_copy,wp_page_reuse,"
	  "wp_page_shared,wp_can_reuse_anon_folio,wp_huge_pmd,"
	  "do_huge_pmd_*,__do_huge_pmd_*,huge_pmd_*,do_anonymous_page,"
	  "do_fault*,do_read_fault,do_cow_fault,do_shared_fault,"
	  "__do_fault,finish_fault,set_pte_range,do_set_pte,"
	  "set_pmd_migration*,do_swap_page,do_numa_page,do_pte_missing,"
	  "lock_vma_under_rcu,lock_mm_and_find_vma,find_vma,"
	  "vma_start_read,sanitize_fault_flags,___pte_offset_map,"
	  "__pte_offset_map*,pte_offset_map_*,vmf_anon_prepare,"
	  "__vmf_anon_prepare,vmf_insert_*,filemap_fault,filemap_map_*,"
	  "next_uptodate_*,shmem_fault,shmem_get_folio*,hugetlb_fault,"
	  "hugetlb_wp,hugetlb_no_page,__split_huge_pmd*,"
	  "split_huge_pmd*,split_huge_page*,__split_huge_page*,"
	  "split_folio*,__folio_split,faultin_page*,__get_user_pages,"
	  "populate_vma_page_range,madvise_populate*,"
	  "madvise_vma_behavior,do_madvise*,madvise_do_behavior,"
	  "__mm_populate,expand_stack*,handle_userfault,userfaultfd_*,"
	  "mprotect_fixup,change_protection*,pgtable_trans_huge_*,"
	  "cow_user_page,mm_account_fault,ksm_might_need_to_copy,"
	  "__anon_vma_prepare",
	  0 },
	{ "task", "the rest of making a task",
	  "copy_process,dup_task_struct,kernel_clone,copy_files,dup_fd,"
	  "copy_fs*,copy_sighand,copy_signal,copy_io,copy_namespaces,"
	  "copy_creds,prepare_creds,copy_thread,copy_semundo,"
	  "copy_cgroup_ns,alloc_pid,attach_pid,cgroup_can_fork,"
	  "cgroup_post_fork,cgroup_css_set_fork,sched_fork,"
	  "sched_cgroup_fork,sched_post_fork,arch_dup_task_struct,"
	  "fpu_clone,save_fpregs*,copy_fpstate*,task_numa_*,"
	  "audit_alloc,security_task_alloc,perf_event_init_task,"
	  "perf_event_fork,perf_event_free_task,rt_mutex_init_task,"
	  "posix_cputimers_*,proc_fork_connector,uprobe_copy_process,"
	  "seccomp_*,create_io_thread,set_kthread_struct,"
	  "wait_for_vfork_done,complete_vfork_done,pidfd_prepare,"
	  "pidfd_alloc_file,schedule_tail,ptrace_init_task,"
	  "user_disable_single_step,expand_files,expand_fdtable,"
	  "alloc_fdtable,cpuset_fork,freezer_fork",
	  0 },
	{ "exec", "execve: the new program's file, mappings and stack",
	  "do_execveat_common*,do_execve,bprm_*,alloc_bprm,exec_binprm,"
	  "search_binary_handler,load_elf_*,elf_*,begin_new_exec,"
	  "setup_arg_pages,setup_new_exec,finalize_exec,copy_strings*,"
	  "copy_string_kernel,count,create_elf_tables,exec_mmap,"
	  "do_open_execat,open_exec,kernel_read,arch_setup_additional_*,"
	  "vm_mmap*,do_mmap,mmap_region,__mmap_*,shift_arg_pages,"
	  "relocate_vma_down,move_page_tables,vm_brk_flags,do_brk_flags,"
	  "unshare_files,de_thread,flush_signal_handlers,"
	  "do_close_on_exec,set_brk,padzero,get_arg_page,"
	  "security_bprm_*,would_dump",
	  0 },
	{ "exit and wait", "the rest of a task's end, and hearing of it",
	  "do_exit,do_group_exit,exit_notify,exit_files,exit_fs,"
	  "exit_signals,exit_sem*,exit_shm,exit_creds,exit_io_context,"
	  "exit_task_*,exit_robust_list,exit_rcu,exit_itimers,exit_pi_*,"
	  "release_task*,__exit_signal,__unhash_process,"
	  "put_files_struct,filp_close,filp_flush,close_files,fput*,"
	  "__fput*,____fput,task_work_*,kernel_wait*,do_wait*,"
	  "__do_wait,wait_consider_task,wait_task_*,"
	  "child_wait_callback,eligible_child,wait_task_zombie,"
	  "cgroup_exit,cgroup_release,cgroup_free,put_cred*,__put_cred,"
	  "do_notify_parent*,__wake_up_parent,send_signal_locked,"
	  "__send_signal*,forget_original_parent,find_new_reaper,"
	  "perf_event_exit_*,free_pid*,put_pid*,detach_pid*,"
	  "acct_*,taskstats_exit,proc_flush_pid,getrusage*,"
	  "sched_autogroup_exit*,switch_task_namespaces,"
	  "mm_update_next_owner,proc_exit_connector,"
	  "cleanup_sighand,__cleanup_sighand,flush_ptrace*,thread_group_*",
	  0 },
	{ "scheduling", "choosing and switching tasks, waking them",
	  "schedule,__schedule,preempt_schedule*,schedule_*,"
	  "schedule_idle,finish_task_switch*,__switch_to*,switch_mm*,"
	  "context_switch,prepare_task_switch,pick_next_*,pick_task_*,"
	  "__pick_*,pick_eevdf,put_prev_*,set_next_*,try_to_wake_up,"
	  "wake_up_*,__wake_up_*,__wake_up,default_wake_function,"
	  "autoremove_wake_function,pollwake,ttwu_*,enqueue_*,__enqueue_*,"
	  "dequeue_*,__dequeue_*,activate_task,deactivate_task,"
	  "block_task,wakeup_preempt*,check_preempt_*,"
	  "select_task_rq*,select_idle_*,update_curr*,update_load_*,"
	  "__update_load_*,update_rq_clock*,update_cfs_*,update_se,"
	  "update_entity_lag,update_min_vruntime,place_entity,"
	  "reweight_*,propagate_entity_*,attach_entity_*,detach_entity_*,"
	  "attach_task_*,detach_task_*,task_fork_fair,task_dead_fair,"
	  "switched_*_fair,migrate_task_*,remove_entity_*,"
	  "sched_clock*,sched_balance_*,newidle_balance,load_balance,"
	  "find_idlest_*,rebalance_domains,nohz_*,resched_*,"
	  "entity_*,avg_vruntime*,vruntime_*,min_vruntime_*,"
	  "prio_changed_*,psi_*,record_times,cpuacct_*,"
	  "raw_spin_rq_*,__task_rq_lock,task_rq_lock,rq_*,"
	  "switch_fpu_*,restore_fpregs*,hrtick_*,dl_server_*,"
	  "tick_nohz_*,rseq_*,__rseq_*,put_task_struct_rcu_user",
	  0 },
	{ "idle", "nothing to do on this processor",
	  "default_idle*,do_idle,cpu_idle_*,cpuidle_*,arch_cpu_idle,"
	  "intel_idle*,acpi_idle_*,acpi_safe_halt,native_safe_halt,"
	  "pv_native_safe_halt,mwait_idle*,haltpoll_*,poll_idle,"
	  "call_cpuidle,cpu_startup_entry,cpu_do_idle,psci_*,"
	  "arch_cpu_idle_*,ct_idle_*,ct_kernel_*",
	  0 },
	{ "interrupts", "devices, timers, and work put off by them",
	  "asm_sysvec_*,sysvec_*,__sysvec_*,asm_common_interrupt,"
	  "common_interrupt,handle_irq_*,handle_edge_irq,"
	  "handle_fasteoi_*,generic_handle_*,__handle_irq_*,irq_enter*,"
	  "irq_exit*,__irq_exit_rcu,irqentry_enter,handle_softirqs,"
	  "__do_softirq,do_softirq*,run_ksoftirqd,run_timer_*,"
	  "__run_timers,hrtimer_interrupt,__hrtimer_run_queues,"
	  "hrtimer_run_*,tick_*,update_process_times,rcu_core*,"
	  "rcu_sched_clock_irq,note_gp_changes,rcu_gp_*,"
	  "scheduler_tick,sched_tick,task_tick_*,account_process_tick,"
	  "el1h_64_irq*,el0t_64_irq*,el1_interrupt,el0_interrupt,"
	  "gic_handle_irq,do_irq,riscv_intc_irq,flush_smp_call_*,"
	  "__flush_smp_call_*,generic_smp_call_*,irq_work_*,"
	  "process_one_work,worker_thread,net_rx_action,virtqueue_*,"
	  "vring_interrupt",
	  0 },
	{ "sampling", "what sampling itself adds, where that is seen",
	  "perf_event_task,perf_event_task_*,perf_iterate_*,perf_output_*,"
	  "perf_event_output*,__perf_event_*,perf_swevent_*,"
	  "perf_event_header*,perf_prepare_*,perf_callchain*,"
	  "get_perf_callchain",
	  0 },
	{ "entry", "into the kernel and out of it, by themselves",
	  "entry_SYSCALL_64*,entry_SYSCALL_*,do_syscall_64,"
	  "x64_sys_call,syscall_enter_*,syscall_exit_*,"
	  "syscall_return_*,syscall_trace_*,__x64_sys_*,__se_sys_*,"
	  "__do_sys_*,exit_to_user_mode*,irqentry_*,asm_exc_*,"
	  "error_entry,error_return,swapgs_*,restore_*,"
	  "native_irq_return_iret,common_interrupt_return,sync_regs,"
	  "ret_from_fork*,el0t_64_sync*,el0_svc*,do_el0_svc,el0_da,"
	  "el0_ia,ret_to_user,ret_to_kernel,invoke_syscall*,"
	  "__arm64_sys_*,__riscv_sys_*,handle_exception,"
	  "ret_from_exception,do_trap_ecall_u,enter_from_user_mode,"
	  "vectors,fpregs_restore_*,switch_fpu_return,enter_from_*,"
	  "exit_to_kernel_*",
	  1 },
	{ "other", "no function in this table, nor a caller of it", NULL, 0 },
	{ "user mode", "outside the kernel", NULL, 0 },
	{ 0 },
};
